// Roles are matched by full URI: what a platform calls somebody in its own organisation says nothing about the course.
import { expect } from 'chai';
import { hasMembershipRole } from '../../../lti/index.ts';
import { fullRoles, sayNobody } from '../../../lti/tool/roles.ts';

const membership = (name: string): string => `http://purl.imsglobal.org/vocab/lis/v2/membership#${name}`;
const institution = (name: string): string => `http://purl.imsglobal.org/vocab/lis/v2/institution/person#${name}`;

describe('lti/tool roles', () => {
  it('takes a short name for a role of the course, and leaves every URI as it is', () => {
    const roles = fullRoles(['Instructor', institution('Student'), 'urn:lti:role:ims/lis/Learner', 'not a role']);
    const kept = [institution('Student'), 'urn:lti:role:ims/lis/Learner', 'not a role'];
    expect(roles).to.deep.equal([membership('Instructor'), ...kept]);
  });

  it('finds a role of the course and its sub-roles, and no institution role of the same name', () => {
    const assistant = 'http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant';
    expect(hasMembershipRole([membership('Instructor')], 'Instructor')).to.be.true;
    expect(hasMembershipRole([assistant], 'Instructor')).to.be.true;
    expect(hasMembershipRole([institution('Instructor')], 'Instructor')).to.be.false;
    expect(hasMembershipRole([membership('Instructors')], 'Instructor')).to.be.false;
  });

  it('hears nobody in no roles, and in "None", "Guest" or "Anonymous" alone', () => {
    expect(sayNobody([])).to.be.true;
    expect(sayNobody([institution('None'), institution('Guest')])).to.be.true;
    expect(sayNobody([institution('None'), membership('Learner')])).to.be.false;
  });
});
