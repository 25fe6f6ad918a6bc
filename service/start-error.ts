// A start that cannot succeed, told in one sentence for the person at the terminal, to be shown as it is.

export class StartError extends Error {
  override readonly name: string = 'StartError';
  readonly exitCode: number = 1;
}
