// The SMTP end of the bench in a process of its own: takes every mail, reads it to its end, and says how many came.
import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';

let taken = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  onData: (stream, _session, done) => {
    stream.resume().on('end', () => {
      taken += 1;
      done();
    });
  },
});
server.on('error', () => undefined);
const listening = server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (listening.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ taken }));
process.once('disconnect', () => process.exit(0));
