import { expect } from 'chai';
import { databaseUri, durableUri } from '../../../service/store/engine/index.ts';
import { socketUri } from '../../../service/store/engine/uri.ts';

describe('a MongoDB address', () => {
  it('is made durable whatever it said about acknowledgement, and keeps everything else', () => {
    expect(durableUri('mongodb://u:p%40ss@a:27017,b:27018/mentorat?replicaSet=rs0&W=1&journal=false')).to.equal(
      'mongodb://u:p%40ss@a:27017,b:27018/mentorat?replicaSet=rs0&w=majority&journal=true',
    );
    expect(durableUri('mongodb+srv://cluster.example')).to.equal(
      'mongodb+srv://cluster.example/?w=majority&journal=true',
    );
  });

  it("stays as it is when it is the embedded engine's, which must not be asked for a majority", () => {
    const byPort = 'mongodb://127.0.0.1:4000/?directConnection=true&w=1&journal=true';
    for (const uri of [byPort, socketUri('/run/user/1000/engine-1/mongodb.sock')]) {
      const engine = databaseUri(uri, 'mentorat');
      expect(durableUri(engine)).to.equal(engine);
    }
    expect(durableUri('mongodb://127.0.0.1:4000/?directConnection=true&w=1')).to.include('w=majority&journal=true');
  });

  it('names another database without losing its options', () => {
    expect(databaseUri('mongodb://a,b/old?replicaSet=rs0', 'new')).to.equal('mongodb://a,b/new?replicaSet=rs0');
    expect(databaseUri('mongodb://127.0.0.1:9', 'new')).to.equal('mongodb://127.0.0.1:9/new');
  });

  it('is refused without being repeated when it is no MongoDB address, since it may hold a password', () => {
    expect(() => durableUri('postgres://user:secret@host/db'))
      .to.throw(TypeError)
      .with.property('message')
      .that.does.not.include('secret');
  });
});
