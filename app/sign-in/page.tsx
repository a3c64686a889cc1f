import type { Metadata } from 'next';
import { SignInScreen } from '@/screens/sign-in/screen';

export const metadata: Metadata = { robots: { index: false } };

export default function Page() {
  return <SignInScreen />;
}
