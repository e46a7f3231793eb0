// Gathers the code for the daily work on checkpoints, which a browser fetches once a day.
export { compareCases } from './compare-cases.ts'
export { forgetSigned } from './known-heads.ts'
export { signCheckpoint } from './sign-checkpoint.ts'
