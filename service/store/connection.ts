// The one connection to MongoDB: durable writes, short waits, and whether it answers.
import mongoose, { type Connection } from 'mongoose';
import { durableUri } from './engine/uri.ts';

/**
 * Opens a connection whose writes are acknowledged only when they are durable, whatever the address says.
 * Waits are short: a page answers "come back later" instead of hanging while the database is away.
 * @throws the driver's error when no server answers within three seconds
 */
export async function connect(uri: string, dbName?: string): Promise<Connection> {
  return mongoose
    .createConnection(durableUri(uri), {
      ...(dbName === undefined ? {} : { dbName }),
      appName: 'mentorat-dialogue',
      serverSelectionTimeoutMS: 3000,
      connectTimeoutMS: 3000,
      waitQueueTimeoutMS: 5000,
      socketTimeoutMS: 30_000,
      heartbeatFrequencyMS: 2000,
      // Mongoose would otherwise keep commands for ten seconds while it is not connected.
      bufferCommands: false,
      autoIndex: false,
      autoCreate: false,
    })
    .asPromise();
}

/** Whether the database answers now; `readyState` goes on saying "connected" while the server is away. */
export async function ping(connection: Connection): Promise<boolean> {
  try {
    await connection.db?.command({ ping: 1 }, { timeoutMS: 2000 });
    return connection.db !== undefined;
  } catch (error) {
    if (isDatabaseAway(error)) return false;
    throw error;
  }
}

/** What a server that shuts down or hands over to another one answers (MongoDB error codes). */
const handingOver = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

/** Whether an error only says that the database cannot be reached or is too slow now: the same act may succeed later. */
export function isDatabaseAway(error: unknown): boolean {
  const { MongoNetworkError, MongoServerSelectionError, MongoNotConnectedError, MongoOperationTimeoutError } =
    mongoose.mongo;
  return (
    error instanceof MongoServerSelectionError ||
    error instanceof mongoose.Error.MongooseServerSelectionError ||
    error instanceof MongoNetworkError ||
    error instanceof MongoNotConnectedError ||
    error instanceof MongoOperationTimeoutError ||
    (error instanceof mongoose.mongo.MongoServerError && handingOver.has(Number(error.code))) ||
    (error instanceof Error && error.name === 'MongoWaitQueueTimeoutError')
  );
}
