/** Name with all but the family name hidden, `王**`; compound family names keep their first character too; a dash where it was erased. */
export const maskName = (name: string): string => {
  const [first, ...rest] = [...name.trim()];
  return first === undefined ? '—' : first + '*'.repeat(Math.max(1, Math.min(rest.length, 2)));
};

/** Phone number with its middle hidden, `138****5521`; shorter than eight digits is hidden whole. */
export const maskPhone = (phone: string): string =>
  phone.length < 8 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** An ID number with all but its region and last two characters hidden, `440307**********11`. */
export const maskIdNumber = (id: string): string =>
  `${id.slice(0, 6)}${'*'.repeat(Math.max(0, id.length - 8))}${id.slice(-2)}`;

/** Age in full years on a local date (周岁); both `YYYY-MM-DD`. */
export const ageOn = (birthOn: string, on: string): number => {
  const years = Number(on.slice(0, 4)) - Number(birthOn.slice(0, 4));
  return on.slice(5) < birthOn.slice(5) ? years - 1 : years;
};

/** Word of list `age-band` a person falls in: five-year bands, `85+` at the end. */
export const ageBandOf = (age: number): string => {
  const from = Math.floor(age / 5) * 5;
  return from >= 85 ? '85+' : `${from}-${from + 4}`;
};
