import { GradeAsk, SlipAsk } from '@/data/model/rental';
import { connection } from '../db/client';
import { inTurn, json } from '../intake/http';
import { takeTurn } from '../intake/turn';
import { readJson } from '../trpc/body';
import { parse } from '../trpc/plain';
import { printSlip, readGrade } from './store';

const bodyBytes = 2 * 1024;

/** POST the code of a home, get its grade. */
export const handleGrade = (request: Request): Promise<Response> =>
  inTurn(request, 'look', async () => {
    const { code } = parse(GradeAsk, await readJson(request, bodyBytes));
    return json(await readGrade(connection(), code));
  });

/** POST home, name and ID number, get the slip of one's own residence. A home has turns of its own, whoever asks for it. */
export const handleSlip = (request: Request): Promise<Response> =>
  inTurn(request, 'slip', async () => {
    const ask = parse(SlipAsk, await readJson(request, bodyBytes));
    await takeTurn(connection(), 'slip', `home ${ask.code}`);
    return json(await printSlip(connection(), ask));
  });
