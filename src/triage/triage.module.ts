import { Module } from '@nestjs/common';
import { Triage } from './triage.service.js';

@Module({ providers: [Triage], exports: [Triage] })
export class TriageModule {}
