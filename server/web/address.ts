import type { IncomingMessage } from 'node:http';

const isLocal = (address: string): boolean => /^(::1|127\.|::ffff:127\.)/.test(address);

/**
 * Writes the sender's address into `x-gridhall-address`, over whatever was sent there. Behind a proxy on this machine
 * it is the last entry the proxy wrote into `x-forwarded-for`; else what others say of themselves counts for nothing.
 */
export const nameAddress = (request: IncomingMessage): void => {
  const direct = request.socket.remoteAddress ?? '';
  const told = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  request.headers['x-gridhall-address'] = isLocal(direct) && told ? told : direct;
};
