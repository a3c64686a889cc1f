import type { TestInfo } from '@playwright/test';

/** A setting of the server that a test runs against. */
export const settingOf = ({ config }: TestInfo, name: string): string => config.webServer?.env?.[name] ?? '';
