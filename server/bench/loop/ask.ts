import { Agent, request } from 'node:http';

type Ask = { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string };

/**
 * A client with so many lines at most, kept open as a proxy in front of the server keeps them. `ask` resolves with the
 * bytes of the answer once all of it is there, and rejects with its text when it is not a good one. Answers are taken as they
 * come and thrown away: what a phone does with one costs the phone, not the machine of the server.
 */
export const clientOf = (mostLines: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: mostLines });
  const ask = (url: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, agent }, (answer) => {
        let nBytes = 0;
        let text = '';
        answer.on('data', (chunk: Buffer) => {
          nBytes += chunk.length;
          if (answer.statusCode !== 200) text += chunk;
        });
        answer.once('end', () => {
          if (answer.statusCode === 200) resolve(nBytes);
          else reject(new Error(`${answer.statusCode}: ${text}`));
        });
        answer.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return { ask, end: () => agent.destroy() };
};
