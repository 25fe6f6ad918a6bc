// The person's own address: confirmed by the code of a letter, asked for again, taken back.
import { MentoringError } from '../../domain/errors.ts';
import { confirmAddress } from '../../usecases/confirm-address.ts';
import { dropAddress } from '../../usecases/drop-address.ts';
import { sendCode } from '../../usecases/give-address.ts';
import { sendAddressCode } from '../../usecases/send-address-code.ts';
import { codeForm } from '../forms/address.ts';
import { readForm } from '../forms/form.ts';
import { presentAddress } from '../present/address.ts';
import { type Handler, type MemberVisit, page, seeOther } from '../visit.ts';

/** The letter of a code that a crash has kept back is written at the latest now. */
export const showAddress: Handler<MemberVisit> = async (visit) => {
  const { ports, member } = visit;
  await sendCode(ports, member);
  const isRefused =
    member.pendingEmail !== undefined &&
    (await ports.outbox.isRefused(member.id, ports.hasher.email(member.pendingEmail)));
  return page('address', presentAddress(visit, undefined, isRefused));
};

export const postAddress: Handler<MemberVisit> = async (visit) => {
  const form = readForm(codeForm, visit.body);
  if (!form.ok) return page('address', presentAddress(visit, form), 422);
  const { ports, member } = visit;
  try {
    const { status } = await confirmAddress(ports, { memberId: member.id, code: form.values.code });
    return seeOther(status === 'draft' ? '/profile' : '/', 'address_confirmed');
  } catch (error) {
    if (!(error instanceof MentoringError) || !isAboutCode(error)) throw error;
    const now = { ...visit, member: (await ports.members.find(member.id)) ?? member };
    const problems = [{ field: 'code', message: `forms:${error.code}` }];
    return page('address', presentAddress(now, { raw: form.raw, problems }), 422);
  }
};

const isAboutCode = ({ code }: MentoringError): boolean => code === 'code_wrong' || code === 'code_over';

export const postAddressCode: Handler<MemberVisit> = async ({ ports, member }) => {
  const isSent = await sendAddressCode(ports, { memberId: member.id });
  return seeOther('/address', isSent ? 'code_sent' : undefined);
};

export const postAddressDrop: Handler<MemberVisit> = async ({ ports, member }) => {
  const waited = await dropAddress(ports, { memberId: member.id });
  return seeOther('/address', waited ? 'address_dropped' : undefined);
};
