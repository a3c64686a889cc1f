import { sharePanel } from '../panel/share-panel';

/** Records of the data pool by who brought them in (数据池四类来源): departments, grid workers, the public, organisations. */
export const recordOrigin = sharePanel({
  key: 'record-origin',
  metric: 'record.count',
  dimension: 'recordOrigin',
  list: 'data-origin',
  most: 4,
});
