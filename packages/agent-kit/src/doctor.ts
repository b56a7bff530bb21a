/** The doctor for whoever brings the way that calls travel: how the server runs it for an operator in a browser. */
export type { Came, NoAnswer, Sending, Timings, Transport } from './caller/exchange.js';
export type { FileServer, FileToServe, ServedFile } from './caller/files.js';
export type { Check, Finding, Verdict } from './doctor/check.js';
export { CHECKS } from './doctor/checks.js';
export { type DiagnoseOptions, type Diagnosis, diagnose } from './doctor/diagnose.js';
export { AgentProfile } from './doctor/profile.js';
