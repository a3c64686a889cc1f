import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';

/** The code an app shows now for what it scanned. */
export const codeOf = (uri: string): Promise<string> => {
  const secret = new TextDecoder().decode(base32.decode(new URL(uri).searchParams.get('secret') ?? ''));
  return createOTP(secret, { digits: 6, period: 30 }).totp();
};
