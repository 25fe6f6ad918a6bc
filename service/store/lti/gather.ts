// Those who ask within one turn of the event loop are answered by one question to the database: at the hour when a whole
// class comes in, most of a launch would be the driver's work. Nobody waits for an answer to somebody who came before, and
// nobody is answered with what was read before they asked.

/** Answers all of these, in their order; one that fails alone has an Error in its place. */
export type Together<Input, Output> = (inputs: Input[]) => Promise<(Output | Error)[]>;

/** What `together` throws is thrown to each of those who went with it, an Error of their own to them alone. */
export function gather<Input, Output>(together: Together<Input, Output>): (input: Input) => Promise<Output> {
  let company: { inputs: Input[]; outputs: Promise<(Output | Error)[]> } | undefined;
  return async (input) => {
    const { inputs, outputs } = (company ??= begin());
    const index = inputs.push(input) - 1;
    const output = (await outputs)[index];
    if (output instanceof Error) throw output;
    return output as Output;
  };

  function begin() {
    const inputs: Input[] = [];
    const outputs = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      company = undefined;
      return together(inputs);
    });
    return { inputs, outputs };
  }
}
