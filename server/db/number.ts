const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Number told to people, `20261122-9F3K7Q2M`: the local day and eight signs without look-alikes, drawn from the id. */
export const numberOf = (id: string, at: Date, timeZone: string): string => {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at).replaceAll('-', '');
  const bits = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`);
  const tail = Array.from({ length: 8 }, (_, i) => signs[Number((bits >> BigInt(5 * i)) & 31n)]).join('');
  return `${day}-${tail}`;
};
