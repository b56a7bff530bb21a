import { SetMetadata } from '@nestjs/common';
import type { Scope } from './actor.js';

export const PUBLIC = Symbol('public');
export const SCOPE = Symbol('scope');

/** Anybody may call it, without a key or a session. */
export const Public = () => SetMetadata(PUBLIC, true);

/** What an API key must be allowed to do here. A session may do all that its account may; `admin` also needs the role. */
export const Scopes = (scope: Scope) => SetMetadata(SCOPE, scope);
