/** Name without the word of its level (社区, 街道), where more than that word stands in it. */
export const shortName = (name: string, endings: string): string =>
  endings ? name.replace(new RegExp(`(?<=.{2})\\s*(${endings})$`), '') : name;
