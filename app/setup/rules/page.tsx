import { RulesScreen } from '@/screens/setup/rules/screen';

export default function Page() {
  return <RulesScreen />;
}
