/** A failure whose message is one sentence for the person at the terminal. */
export declare class PrepareError extends Error {}
