export { artifactBytes, code, csv, file, html, image, json, markdown, text } from './artifacts.js';
export { type ReadOptions, readAttachment } from './attachments.js';
export { answerChallenge, CHALLENGE_HEADER } from './challenge.js';
export * from './contract/artifact.js';
export * from './contract/callback.js';
export * from './contract/limits.js';
export * from './contract/request.js';
export * from './contract/response.js';
export * from './contract/rules.js';

export type { AgentOptions, HealthInfo, Work, WorkContext } from './core.js';
export { AgentError, type AgentErrorOptions, Decline } from './errors.js';
export {
  type ParsedAnswer,
  type ParsedCallback,
  type ParsedJson,
  parseAnswer,
  parseBody,
  parseCallback,
  parseJson,
  type ReceivedAnswer,
} from './parse.js';
export * from './practice.js';
export { type AgentHandler, agentHandler, type ServeOptions, type Serving, serve } from './serve.js';
export { BadSecret, newSecret, type SignatureHeaders, sign, type ToSign } from './sign.js';
export {
  type IncomingHeaders,
  SignatureError,
  type SignatureProblem,
  type ToVerify,
  type Verified,
  verify,
} from './verify.js';
