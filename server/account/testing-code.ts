import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';

/** The code an app shows for what it scanned, some steps of half a minute from now. */
export const codeOf = (uri: string, steps = 0): Promise<string> => {
  const secret = new TextDecoder().decode(base32.decode(new URL(uri).searchParams.get('secret') ?? ''));
  return createOTP(secret, { digits: 6 }).hotp(Math.floor(Date.now() / 30_000) + steps);
};
