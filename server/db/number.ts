const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once a time zone: making one takes longer than all the rest of a report's own work. */
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format;
};

/** Number told to people, `20261122-9F3K7Q2M`: the local day and eight signs without look-alikes, drawn from the id. */
export const numberOf = (id: string, at: Date, timeZone: string): string => {
  const day = formatOf(timeZone).format(at).replaceAll('-', '');
  const bits = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`);
  const tail = Array.from({ length: 8 }, (_, i) => signs[Number((bits >> BigInt(5 * i)) & 31n)]).join('');
  return `${day}-${tail}`;
};
