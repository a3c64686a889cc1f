import { readFile } from 'node:fs/promises';
import { Problem } from '@/data/model/problem';
import { parseProposal, type RecutPreview, type RecutProposal } from '@/data/model/recut';
import { translate } from '@/data/text/translate';

/** Reads a proposal from a file (`parseProposal`); `invalid` when it is none. */
export const readProposal = async (file: string): Promise<RecutProposal> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Problem('invalid', `No file ${file}.`);
  });
  try {
    return parseProposal(text);
  } catch (error) {
    throw new Problem('invalid', `${file} is no proposal: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** A preview in lines of text: what is wrong in both languages, and what would move. */
export const showPreview = ({ faults, moves, dwellings, residents, outside }: RecutPreview): string[] => [
  ...faults.flatMap(({ reason, code, squareMetres }) => {
    const params = { code, squareMetres: squareMetres ?? 0 };
    return [translate('zh', `intake.refused.${reason}`, params), translate('en', `intake.refused.${reason}`, params)];
  }),
  ...moves.map(({ kind, from, to, n }) => `${kind}: ${n} from ${from} to ${to}`),
  ...dwellings.map(({ from, to, n }) => `dwelling: ${n} from ${from} to ${to}`),
  ...residents.map(({ from, to, n }) => `resident: ${n} from ${from} to ${to}`),
  ...outside.map(({ kind, n }) => `${kind}: ${n} outside all new grids, placed with most of the old one`),
];
