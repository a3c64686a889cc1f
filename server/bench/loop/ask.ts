import { Agent, request } from 'node:http';

export type Reply = { status: number; body: string };
type Ask = { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string };

/**
 * A client with so many lines at most, kept open as a proxy in front of the server keeps them. `fetch` opens one a request
 * in flight: thousands of phones asked at once are then thousands of lines, and those the server has no time to accept
 * fail after ten seconds.
 */
export const clientOf = (mostLines: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: mostLines });
  const ask = (url: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, agent }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          text += chunk;
        });
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
        answer.once('error', reject);
      });
      sent.once('error', reject);
      sent.end(body);
    });
  return { ask, end: () => agent.destroy() };
};
