import { BigScreen } from '@/screens/big/screen';

export default function Page() {
  return <BigScreen />;
}
