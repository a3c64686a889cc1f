/** Groups of event categories that speak of a person in need (关爱服务). */
export const careGroups: readonly string[] = ['16'];

/** Categories of other groups that do: rough sleepers, family disputes, missing people, bullied pupils, the aged. */
export const careCategories: readonly string[] = ['0907', '1312', '1401', '1704', '1806'];

/** Whether events of a category speak of a person in need. */
export const isCare = (category: string, group: string): boolean =>
  careGroups.includes(group) || careCategories.includes(category);

/** Events of such a category that may be told apart below a community. */
export const careLeastN = 5;
