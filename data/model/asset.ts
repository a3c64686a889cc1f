/** Groups of assets (资源分组), words of list `asset-group`. */
export const assetGroups = ['force', 'base', 'key_part', 'key_area'] as const;

/**
 * Types of list `resource-type` that go out to an incident: patrol, volunteer firefighters, emergency repair, forest fire
 * crew, sea rescue, police station and post, mini fire station, lifeguards. Our own reading of the list.
 */
export const responderTypes = ['T03', 'T04', 'T05', 'T06', 'T07', 'Z02', 'Z03', 'Z05', 'Z10'] as const;

/** Forces each of which is one person: grid workers, volunteers, mediators, building leads, counsellors. */
export const singlePersonTypes = ['T01', 'T02', 'T08', 'T09', 'T10'] as const;

/** What nearest forces are asked for around: a selected event, building or asset; else the most severe open event. */
export const nearestTarget = (selection: string | null): string | null =>
  /^(event|building|asset):/.test(selection ?? '') ? selection : null;

/** Nearest forces told of: the list and the map, which number them alike, show these and no other. */
export const nNearest = 5;

/** How often the most severe event is looked up anew while nothing is selected, ms. */
export const nearestAgainMs = 30_000;
