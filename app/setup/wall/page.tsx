import { SetupScreen } from '@/screens/setup/screen';

export default function Page() {
  return <SetupScreen />;
}
