#!/usr/bin/env node
import { agentCli } from './program.js';

await agentCli();
