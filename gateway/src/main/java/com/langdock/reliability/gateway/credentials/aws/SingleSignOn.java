package com.langdock.reliability.gateway.credentials.aws;

/**
 * A person's login at IAM Identity Center, by which a profile gets the keys of a role.
 *
 * @param profile its name
 * @param session the name of the session; the address of the start page where it has none
 * @param region of the login
 * @param account whose role it is
 * @param role its name
 */
record SingleSignOn(String profile, String session, String region, String account, String role) {}
