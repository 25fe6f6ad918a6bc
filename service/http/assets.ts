// Serves the few static files from memory; their names change with their content, so browsers may keep them for a year.
// The icon has a lasting name too, for the platforms that show it beside their link.
import type { RequestHandler } from 'express';
import type { Asset } from '../../views/index.ts';

export const lastingIcon = '/assets/icon.svg';

export function serveAssets(assets: ReadonlyMap<string, Asset>): RequestHandler {
  const byUrl = new Map([...assets.values()].map((asset) => [asset.url, asset]));
  const icon = assets.get('icon.svg');
  if (icon) byUrl.set(lastingIcon, icon);
  return (request, response, next) => {
    const asset = byUrl.get(`/assets${request.path}`);
    if (!asset || (request.method !== 'GET' && request.method !== 'HEAD')) {
      next();
      return;
    }
    response.locals['route'] = '/assets';
    const lasting = asset === icon && request.path === '/icon.svg';
    const packed = request.acceptsEncodings('gzip') === 'gzip';
    response.set({
      'Content-Type': asset.type,
      'Cache-Control': lasting ? 'public, max-age=86400' : 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      // Pages of the platforms' module and of other origins have no business with them.
      'Cross-Origin-Resource-Policy': lasting ? 'cross-origin' : 'same-origin',
      Vary: 'Accept-Encoding',
      ...(packed ? { 'Content-Encoding': 'gzip' } : {}),
    });
    response.end(packed ? asset.gzipped : asset.content);
  };
}
