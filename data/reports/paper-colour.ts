/** Colours of the classes on paper, as the light theme of the screens has them: files know no style sheet. */
export const paperColour: Readonly<Record<string, string>> = {
  'seq-1': '#e0f3f1',
  'seq-2': '#b5e0de',
  'seq-3': '#87cccc',
  'seq-4': '#56abaf',
  'seq-5': '#158a95',
  'seq-6': '#026678',
  'seq-7': '#044457',
  'vio-1': '#f2ebf8',
  'vio-2': '#decfed',
  'vio-3': '#c8b3e3',
  'vio-4': '#a48ece',
  'vio-5': '#806ab9',
  'vio-6': '#584a93',
  'vio-7': '#342b6d',
  'line-2': '#76838e',
  'surface-2': '#f5f7f8',
};
