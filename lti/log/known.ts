// Names and codes that an error may show in a log. The lists are closed: a name or a code is data like any other, and
// anybody who throws may have put a person's name there. What is not listed is shown as its nearest listed ancestor.
import { constants } from 'node:os';

/** Errors of the language, of Node.js, of this project and of its packages, by the name of their class. */
const kinds = new Set(
  `Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError DOMException AbortError
  TimeoutError AssertionError SystemError NodeError ConfigError DeedError EngineError LtiError MentoringError PlatformError
  PrepareError StartError UsageError SchemaError LeaseLost TooManyRequests AddressTooLong NoForm

  MongoError MongoDriverError MongoRuntimeError MongoAPIError MongoInvalidArgumentError MongoMissingDependencyError
  MongoMissingCredentialsError MongoNotConnectedError MongoTopologyClosedError MongoTransactionError
  MongoCompatibilityError MongoBatchReExecutionError MongoChangeStreamError MongoClientBulkWriteError
  MongoClientBulkWriteExecutionError MongoClientBulkWriteCursorError MongoClientClosedError MongoCursorExhaustedError
  MongoCursorInUseError MongoDecompressionError MongoExpiredSessionError MongoGridFSChunkError MongoGridFSStreamError
  MongoKerberosError MongoAWSError MongoAzureError MongoGCPError MongoOIDCError MongoCryptError MongoParseError
  MongoNetworkError MongoNetworkTimeoutError MongoOperationTimeoutError MongoPoolClearedError MongoPoolClearedOnNetworkError
  MongoPoolClosedError MongoServerClosedError MongoServerError MongoServerSelectionError MongoStalePrimaryError
  MongoSystemError MongoTailableCursorError MongoUnexpectedServerResponseError MongoWaitQueueTimeoutError
  MongoWriteConcernError MongoBulkWriteError BSONError BSONVersionError BSONRuntimeError BSONOffsetError

  MongooseError CastError DivergentArrayError DocumentNotFoundError MissingSchemaError MongooseBulkSaveIncompleteError
  MongooseServerSelectionError ObjectExpectedError ObjectParameterError OverwriteModelError ParallelSaveError
  ParallelValidateError StrictModeError StrictPopulateError ValidationError ValidatorError VersionError

  JOSEError JOSEAlgNotAllowed JOSENotSupported JWEDecryptionFailed JWEInvalid JWKInvalid JWKSInvalid
  JWKSMultipleMatchingKeys JWKSNoMatchingKey JWKSTimeout JWSInvalid JWSSignatureVerificationFailed JWTClaimValidationFailed
  JWTExpired JWTInvalid

  BadRequestError PayloadTooLargeError UnsupportedMediaTypeError NotFoundError InternalServerError HttpError ZodError
  $ZodError $ZodAsyncError Exception`.match(/\S+/g),
);

const systemCodes = Object.keys(constants.errno);

const libraryCodes = `EAI_AGAIN EAI_FAIL EAI_NODATA ENODATA ENOTFOUND ESERVFAIL EREFUSED ETIMEOUT ECANCELLED

  EAUTH ECONNECTION EDNS EENVELOPE EMESSAGE ESOCKET ESTREAM EPROTOCOL ETLS EMAXLIMIT EPROXY ENOAUTH EOAUTH2 EREQUIRETLS
  EFILEACCESS EURLACCESS EFETCH ESENDMAIL ESES ECONFIG

  ABORT_ERR ERR_ASSERTION ERR_BUFFER_OUT_OF_BOUNDS ERR_CHILD_PROCESS_STDIO_MAXBUFFER ERR_CONSTRUCT_CALL_INVALID
  ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE ERR_CRYPTO_INVALID_KEYLEN ERR_CRYPTO_INVALID_STATE
  ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH ERR_ENCODING_INVALID_ENCODED_DATA ERR_EVENT_RECURSION ERR_FS_EISDIR
  ERR_HTTP_HEADERS_SENT ERR_HTTP_INVALID_HEADER_VALUE ERR_HTTP_INVALID_STATUS_CODE ERR_INTERNAL_ASSERTION
  ERR_INVALID_ARG_TYPE ERR_INVALID_ARG_VALUE ERR_INVALID_CHAR ERR_INVALID_FILE_URL_PATH ERR_INVALID_IP_ADDRESS
  ERR_INVALID_PROTOCOL ERR_INVALID_RETURN_VALUE ERR_INVALID_STATE ERR_INVALID_THIS ERR_INVALID_URL ERR_IPC_CHANNEL_CLOSED
  ERR_METHOD_NOT_IMPLEMENTED ERR_MISSING_ARGS ERR_MODULE_NOT_FOUND ERR_MULTIPLE_CALLBACK ERR_OSSL_EVP_UNSUPPORTED
  ERR_OUT_OF_RANGE ERR_PACKAGE_PATH_NOT_EXPORTED ERR_PARSE_ARGS_INVALID_OPTION_VALUE
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL ERR_PARSE_ARGS_UNKNOWN_OPTION ERR_SERVER_ALREADY_LISTEN ERR_SERVER_NOT_RUNNING
  ERR_SOCKET_BAD_PORT ERR_SOCKET_CLOSED ERR_SOCKET_CONNECTION_TIMEOUT ERR_SSL_WRONG_VERSION_NUMBER
  ERR_STREAM_ALREADY_FINISHED ERR_STREAM_CANNOT_PIPE ERR_STREAM_DESTROYED ERR_STREAM_NULL_VALUES
  ERR_STREAM_PREMATURE_CLOSE ERR_STREAM_PUSH_AFTER_EOF ERR_STREAM_UNABLE_TO_PIPE ERR_STREAM_WRITE_AFTER_END ERR_STRING_TOO_LONG
  ERR_TLS_CERT_ALTNAME_INVALID ERR_TLS_HANDSHAKE_TIMEOUT ERR_UNESCAPED_CHARACTERS ERR_UNHANDLED_ERROR
  ERR_UNHANDLED_REJECTION ERR_UNKNOWN_BUILTIN_MODULE ERR_UNKNOWN_ENCODING ERR_UNKNOWN_FILE_EXTENSION
  ERR_UNSUPPORTED_ESM_URL_SCHEME ERR_USE_AFTER_CLOSE ERR_WORKER_INIT_FAILED ERR_WORKER_NOT_RUNNING
  ERR_WORKER_OUT_OF_MEMORY ERR_WORKER_UNSERIALIZABLE_ERROR MODULE_NOT_FOUND

  CERT_HAS_EXPIRED CERT_NOT_YET_VALID DEPTH_ZERO_SELF_SIGNED_CERT HOSTNAME_MISMATCH SELF_SIGNED_CERT_IN_CHAIN
  UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE

  ERR_JOSE_ALG_NOT_ALLOWED ERR_JOSE_GENERIC ERR_JOSE_NOT_SUPPORTED ERR_JWE_DECRYPTION_FAILED ERR_JWE_INVALID
  ERR_JWK_INVALID ERR_JWKS_INVALID ERR_JWKS_MULTIPLE_MATCHING_KEYS ERR_JWKS_NO_MATCHING_KEY ERR_JWKS_TIMEOUT
  ERR_JWS_INVALID ERR_JWS_SIGNATURE_VERIFICATION_FAILED ERR_JWT_CLAIM_VALIDATION_FAILED ERR_JWT_EXPIRED ERR_JWT_INVALID

  UND_ERR_ABORTED UND_ERR_BODY_TIMEOUT UND_ERR_CLOSED UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT UND_ERR_SOCKET`;

const codes = new Set([...systemCodes, ...(libraryCodes.match(/\S+/g) ?? [])]);

/** Longest code of MongoDB; shorter than a telephone number or a date of birth. */
const largestCode = 9_999_999;

export function isKnownKind(name: unknown): name is string {
  return typeof name === 'string' && kinds.has(name);
}

/** ownCodes: closed codes of whoever asks, beside those of Node.js and the packages. */
export function isKnownCode(code: unknown, ownCodes: ReadonlySet<string>): code is string | number {
  if (typeof code === 'string') return codes.has(code) || ownCodes.has(code);
  return typeof code === 'number' && Number.isInteger(code) && Math.abs(code) <= largestCode;
}
