export { CirrusError } from './cirrus-error.ts'
export { describeError } from './describe-error.ts'
