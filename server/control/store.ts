export { moveRisk, riskProgress, takeRisk } from './push';
export { listControls, readControl } from './read';
export { moveControl, pushControl } from './write';
