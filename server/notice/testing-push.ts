import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { PushTarget } from '@/data/model/notice';

const hmac = (key: Buffer, ...parts: (Buffer | string)[]): Buffer => {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

/** A browser's side of web push: its keys, and what it reads of a message sealed for them (RFC 8188, 8291). */
export const browserKeys = () => {
  const own = createECDH('prime256v1');
  own.generateKeys();
  const auth = randomBytes(16);
  const open = (body: Buffer): unknown => {
    const [salt, keyLength] = [body.subarray(0, 16), body[20] ?? 0];
    const sender = body.subarray(21, 21 + keyLength);
    const sealed = body.subarray(21 + keyLength);
    const shared = hmac(auth, own.computeSecret(sender));
    const key = hmac(shared, 'WebPush: info\0', own.getPublicKey(), sender, Buffer.from([1]));
    const secret = hmac(salt, key);
    const cek = hmac(secret, 'Content-Encoding: aes128gcm\0\x01').subarray(0, 16);
    const nonce = hmac(secret, 'Content-Encoding: nonce\0\x01').subarray(0, 12);
    const cipher = createDecipheriv('aes-128-gcm', cek, nonce);
    cipher.setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
    return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
  };
  const keys: PushTarget['keys'] = {
    p256dh: own.getPublicKey('base64url'),
    auth: auth.toString('base64url'),
  };
  return { keys, open };
};

/** Whether the sender signed for this push service with the key browsers subscribe with (VAPID, RFC 8292). */
export const isSignedBy = (publicKey: string, authorization: string, audience: string): boolean => {
  const [, token = '', told] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    ...{ kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url') },
    y: point.subarray(33).toString('base64url'),
  };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const isValid = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return isValid && told === publicKey && JSON.parse(Buffer.from(claims, 'base64url').toString()).aud === audience;
};

type Received = { path: string; headers: IncomingMessage['headers']; body: Buffer };

/** A push service on this machine: keeps what it gets and answers with `status`, which may be changed. */
export const pushService = async (port = 0) => {
  const received: Received[] = [];
  const answers = { status: 201 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(answers.status).end();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { received, answers, origin, stop };
};
