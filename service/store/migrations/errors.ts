// Why a database cannot be used as it is: one sentence that says what to do, to be shown as it is.

export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}
