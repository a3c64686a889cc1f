export const dynamic = 'force-dynamic';
export { handlePushControls as POST, handleRiskProgress as GET } from '@/server/push/http';
