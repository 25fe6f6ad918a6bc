// The only place that makes routers and applications. A path is one address, letter by letter: whoever guards an address
// in front of us (single sign-on, a proxy's log rules) must not be passed by writing it in capitals or with a slash at its end.
import express, { type Express, type RequestHandler, Router } from 'express';

/** A router that tells capitals apart, and "/x" from "/x/". */
export function strictRouter(): Router {
  return Router({ caseSensitive: true, strict: true }).use(notItsSlash);
}

/** An application that does the same, also where routers are mounted. */
export function strictApp(): Express {
  return express().disable('x-powered-by').enable('case sensitive routing').enable('strict routing');
}

/** A router mounted at "/x" sees "/" for "/x" and for "/x/" alike; the second is no address of ours. */
const notItsSlash: RequestHandler = ({ baseUrl, originalUrl, path }, _response, next) => {
  const [asked = ''] = originalUrl.split('?');
  next(baseUrl !== '' && path === '/' && asked.endsWith('/') ? 'router' : undefined);
};
