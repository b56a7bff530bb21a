import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Scope } from './actor.js';
import { WHO } from './openapi-envelope.js';

export const PUBLIC = Symbol('public');
export const SCOPE = Symbol('scope');

/** Anybody may call it, without a key or a session. */
export const Public = () => applyDecorators(SetMetadata(PUBLIC, true), ApiExtension(WHO, 'public'));

/** What an API key must be allowed to do here. A session may do all that its account may; `admin` also needs the role. */
export const Scopes = (scope: Scope) => applyDecorators(SetMetadata(SCOPE, scope), ApiExtension(WHO, scope));
