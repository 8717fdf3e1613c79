//! The table: changes of a good domain, and the points expected. `=>` lists everything that is not passed or noted.

/// Every case.
pub const TABLE: &str = r#"
== a good domain
=>
also: domain-found mx-found spf-record dkim-key dmarc-reject mta-sts-missing tls-rpt-missing dane-missing

== a domain that is not there
empty
+ other.example A 192.0.2.1
=> domain-missing

== nobody answers
! midori.example timed-out
=> domain-no-answer

== servers fail
! midori.example failed
=> domain-no-answer

== the domain is an alias
empty
+ midori.example CNAME host.other.example
+ host.other.example A 192.0.2.1
+ midori.example NS ns1.midori.example
+ midori.example NS ns2.midori.example
+ ns1.midori.example A 192.0.2.53
+ ns2.midori.example A 192.0.2.54
+ host.other.example MX 10 host.other.example
+ host.other.example TXT v=spf1 mx -all
+ default._domainkey.midori.example TXT v=DKIM1; p=KEY:2048
+ _dmarc.midori.example TXT v=DMARC1; p=reject; rua=mailto:dmarc@midori.example
=> domain-is-alias

== no name servers
- NS midori.example
=> name-servers-missing

== one name server
- NS midori.example
+ midori.example NS ns1.midori.example
=>
also: name-server-single

== a name server without address
- A ns2.midori.example
=> name-server-missing-address

== a name server that nobody answers for
! ns2.midori.example timed-out
=>

== no MX, but an address
- MX midori.example
- TXT midori.example
+ midori.example TXT v=spf1 ip4:192.0.2.25 -all
=> mx-missing

== nothing at all but a name: used for nothing
empty
+ midori.example NS ns1.midori.example
+ midori.example NS ns2.midori.example
+ ns1.midori.example A 192.0.2.53
+ ns2.midori.example A 192.0.2.54
=> spf-sends-nothing-missing dmarc-sends-nothing-open
also: mx-none
record: v=spf1 -all
record: v=DMARC1; p=reject; sp=reject; np=reject; adkim=s; aspf=s
record: 0 .

== used for nothing, and says so
- MX midori.example
- TXT midori.example
- TXT _dmarc.midori.example
+ midori.example MX 0 .
+ midori.example TXT v=spf1 -all
+ _dmarc.midori.example TXT v=DMARC1; p=reject
=>
also: mx-null spf-sends-nothing dmarc-sends-nothing

== used for nothing, but only watched
- MX midori.example
- TXT midori.example
- TXT _dmarc.midori.example
+ midori.example MX 0 .
+ midori.example TXT v=spf1 -all
+ _dmarc.midori.example TXT v=DMARC1; p=none
=> dmarc-sends-nothing-open

== receives nothing, but sends
- MX midori.example
- TXT midori.example
+ midori.example MX 0 .
+ midori.example TXT v=spf1 ip4:192.0.2.25 -all
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; rua=mailto:dmarc@reports.midori.example
+ reports.midori.example MX 10 mail.midori.example
=>
also: mx-null spf-record dmarc-reject

== somebody says that nothing is sent
sends nothing
=> mx-null-missing spf-sends-nothing-missing
record: v=spf1 -all
record: 0 .
also: dmarc-sends-nothing

== MX without an answer
! mail.midori.example timed-out
=> mx-server-no-answer spf-include-no-answer dane-no-answer
- TXT midori.example
+ midori.example TXT v=spf1 a:mail.midori.example -all
! _25._tcp.mail.midori.example timed-out

== nobody answers for MX
? MX midori.example
- TXT midori.example
+ midori.example TXT v=spf1 ip4:192.0.2.25 -all
=> mx-no-answer

== nobody answers for TXT
? TXT midori.example
=> spf-no-answer

== an SPF record that is too large
- TXT midori.example
+ midori.example TXT v=spf1 LARGE
=> spf-too-large

== an SPF record that stays away from DNS's limits by its tree alone
- TXT midori.example
+ midori.example TXT v=spf1 INCLUDES -all
=> spf-too-many-lookups spf-include-missing spf-too-many-void-lookups
also: spf-tree-cut

== a DMARC record that is too large
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=none; x=LARGE
=> dmarc-too-large
record: v=DMARC1; p=none; rua=mailto:dmarc-reports@midori.example

== a name below takes the record above
domain: news.midori.example
+ news.midori.example MX 10 mail.midori.example
+ news.midori.example TXT v=spf1 mx -all
+ default._domainkey.news.midori.example TXT v=DKIM1; p=KEY:2048
=>
also: dmarc-inherited dmarc-reject

== a name below takes the policy for names below
domain: news.midori.example
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@midori.example
+ news.midori.example MX 10 mail.midori.example
+ news.midori.example TXT v=spf1 mx -all
+ default._domainkey.news.midori.example TXT v=DKIM1; p=KEY:2048
=> dmarc-none
also: dmarc-inherited

== a name below that is used for nothing
domain: old.midori.example
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=quarantine; rua=mailto:dmarc@midori.example
+ old.midori.example MX 0 .
+ old.midori.example TXT v=spf1 -all
=> dmarc-sends-nothing-open

== a name far below takes the record of the organisation, not of a suffix
domain: a.b.c.d.e.f.g.h.i.midori.example
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; psd=n; rua=mailto:dmarc@midori.example
+ _dmarc.example TXT v=DMARC1; p=none; psd=y
+ a.b.c.d.e.f.g.h.i.midori.example MX 10 mail.midori.example
+ a.b.c.d.e.f.g.h.i.midori.example TXT v=spf1 mx -all
+ default._domainkey.a.b.c.d.e.f.g.h.i.midori.example TXT v=DKIM1; p=KEY:2048
=>
also: dmarc-inherited dmarc-reject

== MX is an alias
- A mail.midori.example
+ mail.midori.example CNAME host.other.example
+ host.other.example A 192.0.2.25
=> mx-alias

== MX is an address
- MX midori.example
- TXT midori.example
+ midori.example TXT v=spf1 ip4:192.0.2.25 -all
+ midori.example MX 10 192.0.2.25
=> mx-is-address

== MX is no name
- MX midori.example
- TXT midori.example
+ midori.example TXT v=spf1 ip4:192.0.2.25 -all
+ midori.example MX 10 mail server.midori.example
=> mx-no-name

== MX is inside
- A mail.midori.example
+ mail.midori.example A 10.0.0.25
=> mx-private-address

== one MX leads nowhere
+ midori.example MX 20 old.midori.example
=> mx-unresolved

== every MX leads nowhere
- A mail.midori.example
=> mx-all-unresolved

== null MX beside another
+ midori.example MX 0 .
=> mx-null-and-others

== IPv6 alone is an address
- A mail.midori.example
+ mail.midori.example AAAA 2001:db8::25
=>

== many mail servers
- TXT midori.example
+ midori.example TXT v=spf1 ip4:192.0.2.25 -all
+ midori.example MX 11 mail.midori.example
+ midori.example MX 12 mail.midori.example
+ midori.example MX 13 mail.midori.example
+ midori.example MX 14 mail.midori.example
+ midori.example MX 15 mail.midori.example
+ midori.example MX 16 mail.midori.example
+ midori.example MX 17 mail.midori.example
+ midori.example MX 18 mail.midori.example
+ midori.example MX 19 mail.midori.example
+ midori.example MX 20 mail.midori.example
=>
also: mx-many

== the same, and mx in the record
+ midori.example MX 11 mail.midori.example
+ midori.example MX 12 mail.midori.example
+ midori.example MX 13 mail.midori.example
+ midori.example MX 14 mail.midori.example
+ midori.example MX 15 mail.midori.example
+ midori.example MX 16 mail.midori.example
+ midori.example MX 17 mail.midori.example
+ midori.example MX 18 mail.midori.example
+ midori.example MX 19 mail.midori.example
+ midori.example MX 20 mail.midori.example
=> spf-mx-too-many

== ten mail servers are allowed
+ midori.example MX 11 mail.midori.example
+ midori.example MX 12 mail.midori.example
+ midori.example MX 13 mail.midori.example
+ midori.example MX 14 mail.midori.example
+ midori.example MX 15 mail.midori.example
+ midori.example MX 16 mail.midori.example
+ midori.example MX 17 mail.midori.example
+ midori.example MX 18 mail.midori.example
+ midori.example MX 19 mail.midori.example
=>

== no SPF
- TXT midori.example
=> spf-missing
record: v=spf1 mx ~all

== no SPF, mail at a known provider
- TXT midori.example
- MX midori.example
+ midori.example MX 10 midori-example.mail.protection.outlook.com
+ midori-example.mail.protection.outlook.com A 192.0.2.30
=> spf-missing
record: v=spf1 include:spf.protection.outlook.com ~all

== SPF misspelt
- TXT midori.example
+ midori.example TXT v=spf1; mx -all
=> spf-misspelt-version
record: v=spf1 mx -all

== SPF in full width
- TXT midori.example
+ midori.example TXT ｖ＝ｓｐｆ１　ｍｘ　－ａｌｌ
=> spf-misspelt-version
record: v=spf1 mx -all

== a text about SPF is none
- TXT midori.example
+ midori.example TXT our spf record is managed by the IT department
=> spf-missing

== two SPF records
+ midori.example TXT v=spf1 include:spf.other.example ~all
=> spf-several
record: v=spf1 mx include:spf.other.example -all

== other TXT records beside it
+ midori.example TXT some-site-verification=0123456789
=>

== SPF with an unknown term
- TXT midori.example
+ midori.example TXT v=spf1 ipv4:192.0.2.25 -all
=> spf-syntax
record: v=spf1 ip4:192.0.2.25 -all

== SPF with a Japanese space
- TXT midori.example
+ midori.example TXT v=spf1 ip4:192.0.2.25　-all
=> spf-syntax spf-no-all
record: v=spf1 ip4:192.0.2.25 -all

== SPF with a broken macro
- TXT midori.example
+ midori.example TXT v=spf1 exists:%{q}.midori.example -all
=> spf-syntax

== SPF with a sound macro
- TXT midori.example
+ midori.example TXT v=spf1 exists:%{ir}._spf.midori.example -all
=>

== = in the place of :
- TXT midori.example
+ midori.example TXT v=spf1 ip4=192.0.2.25 -all
=> spf-term-skipped
record: v=spf1 ip4:192.0.2.25 -all

== a modifier that nobody knows is fine
- TXT midori.example
+ midori.example TXT v=spf1 mx ra=postmaster -all
=>

== +all
- TXT midori.example
+ midori.example TXT v=spf1 mx +all
=> spf-allows-everybody
record: v=spf1 mx ~all

== all without a sign
- TXT midori.example
+ midori.example TXT v=spf1 mx all
=> spf-allows-everybody

== a range of the whole world
- TXT midori.example
+ midori.example TXT v=spf1 ip4:192.0.2.0/0 -all
=> spf-allows-everybody

== the whole world is refused
- TXT midori.example
+ midori.example TXT v=spf1 mx -ip4:0.0.0.0/0 -all
=>

== ?all
- TXT midori.example
+ midori.example TXT v=spf1 mx ?all
=> spf-neutral
record: v=spf1 mx ~all

== no all
- TXT midori.example
+ midori.example TXT v=spf1 mx
=> spf-no-all
record: v=spf1 mx ~all

== ~all is fine
- TXT midori.example
+ midori.example TXT v=spf1 mx ~all
=>

== redirect in the place of all
- TXT midori.example
+ midori.example TXT v=spf1 redirect=_spf.midori.example
+ _spf.midori.example TXT v=spf1 mx:midori.example -all
=>

== redirect and all
- TXT midori.example
+ midori.example TXT v=spf1 mx -all redirect=_spf.midori.example
=> spf-redirect-with-all
record: v=spf1 mx -all

== terms behind all
- TXT midori.example
+ midori.example TXT v=spf1 mx -all ip4:192.0.2.26
=> spf-terms-behind-all
record: v=spf1 mx ip4:192.0.2.26 -all

== an explanation behind all
- TXT midori.example
+ midori.example TXT v=spf1 mx -all exp=why.midori.example
=>

== the same term twice
- TXT midori.example
+ midori.example TXT v=spf1 mx mx -all
=>
also: spf-term-twice

== ptr
- TXT midori.example
+ midori.example TXT v=spf1 mx ptr -all
=> spf-ptr
record: v=spf1 mx -all

== a range far too wide
- TXT midori.example
+ midori.example TXT v=spf1 ip4:192.0.0.0/8 -all
=> spf-range-wide

== a wide IPv6 range
- TXT midori.example
+ midori.example TXT v=spf1 ip6:2001:db8::/24 -all
=> spf-range-wide

== a wide range of neighbours
- TXT midori.example
+ midori.example TXT v=spf1 a/8 -all
=> spf-range-wide

== a provider's range
- TXT midori.example
+ midori.example TXT v=spf1 ip4:192.0.0.0/16 ip6:2001:db8::/32 -all
=>

== eleven lookups
- TXT midori.example
+ midori.example TXT v=spf1 include:a.spf.example include:b.spf.example mx a -all
+ a.spf.example TXT v=spf1 a:h1.spf.example a:h2.spf.example a:h3.spf.example -all
+ b.spf.example TXT v=spf1 a:h1.spf.example a:h2.spf.example a:h3.spf.example a:h4.spf.example -all
+ h1.spf.example A 192.0.2.1
+ h2.spf.example A 192.0.2.1
+ h3.spf.example A 192.0.2.1
+ h4.spf.example A 192.0.2.1
=> spf-too-many-lookups

== ten lookups
- TXT midori.example
+ midori.example TXT v=spf1 include:a.spf.example include:b.spf.example mx a -all
+ a.spf.example TXT v=spf1 a:h1.spf.example a:h2.spf.example a:h3.spf.example -all
+ b.spf.example TXT v=spf1 a:h1.spf.example a:h2.spf.example a:h3.spf.example -all
+ h1.spf.example A 192.0.2.1
+ h2.spf.example A 192.0.2.1
+ h3.spf.example A 192.0.2.1
=>

== three void lookups
- TXT midori.example
+ midori.example TXT v=spf1 a:x.midori.example a:y.midori.example mx:z.midori.example mx -all
=> spf-too-many-void-lookups
record: v=spf1 mx -all

== one void lookup
- TXT midori.example
+ midori.example TXT v=spf1 a:x.midori.example mx -all
=> spf-void-lookup
record: v=spf1 mx -all

== an include that is not there
- TXT midori.example
+ midori.example TXT v=spf1 include:spf.gone.example mx -all
=> spf-include-missing
record: v=spf1 mx -all

== an include without an SPF record
- TXT midori.example
+ midori.example TXT v=spf1 include:www.midori.example mx -all
+ www.midori.example TXT hello
=> spf-include-missing

== an include that nobody answers for
- TXT midori.example
+ midori.example TXT v=spf1 include:spf.slow.example mx -all
! spf.slow.example timed-out
=> spf-include-no-answer

== an include that is broken
- TXT midori.example
+ midori.example TXT v=spf1 include:spf.other.example mx -all
+ spf.other.example TXT v=spf1 ip4:999 -all
=> spf-include-broken

== an include that lets everybody send
- TXT midori.example
+ midori.example TXT v=spf1 include:spf.other.example mx -all
+ spf.other.example TXT v=spf1 +all
=> spf-include-allows-everybody

== includes in a circle
- TXT midori.example
+ midori.example TXT v=spf1 include:spf.other.example mx -all
+ spf.other.example TXT v=spf1 include:midori.example -all
=> spf-include-loop

== an include of itself
- TXT midori.example
+ midori.example TXT v=spf1 include:midori.example mx -all
=> spf-include-loop
record: v=spf1 mx -all

== the same include twice is no circle
- TXT midori.example
+ midori.example TXT v=spf1 include:a.spf.example include:b.spf.example -all
+ a.spf.example TXT v=spf1 include:c.spf.example -all
+ b.spf.example TXT v=spf1 include:c.spf.example -all
+ c.spf.example TXT v=spf1 ip4:192.0.2.25 -all
=>

== a long record
- TXT midori.example
+ midori.example TXT v=spf1 ip4:192.0.2.100 ip4:192.0.2.101 ip4:192.0.2.102 ip4:192.0.2.103 ip4:192.0.2.104 ip4:192.0.2.105 ip4:192.0.2.106 ip4:192.0.2.107 ip4:192.0.2.108 ip4:192.0.2.109 ip4:192.0.2.110 ip4:192.0.2.111 ip4:192.0.2.112 ip4:192.0.2.113 ip4:192.0.2.114 ip4:192.0.2.115 -all
=>
also: spf-long spf-record

== many TXT records
+ midori.example TXT some-site-verification=0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789
+ midori.example TXT some-site-verification=1123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789
+ midori.example TXT some-site-verification=2123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789
+ midori.example TXT some-site-verification=3123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789
=>
also: spf-answer-large

== no key at all
- TXT default._domainkey.midori.example
=> dkim-none

== keys under unknown names
- TXT default._domainkey.midori.example
+ a8f3._domainkey.midori.example TXT v=DKIM1; p=KEY:2048
=> dkim-selectors-unknown

== the same, with its name
selectors: a8f3
- TXT default._domainkey.midori.example
+ a8f3._domainkey.midori.example TXT v=DKIM1; p=KEY:2048
=>
also: dkim-key

== a named key that is missing
selectors: a8f3
=> dkim-missing

== a key of past mail that is gone
past: a8f3
=>
also: dkim-key-gone dkim-key

== a named key that nobody answers for
selectors: a8f3
! a8f3._domainkey.midori.example timed-out
=> dkim-no-answer

== a usual name that nobody answers for
! s1._domainkey.midori.example timed-out
=>

== a withdrawn key
+ k1._domainkey.midori.example TXT v=DKIM1; p=
=>
also: dkim-revoked

== a withdrawn key that was named
selectors: k1
+ k1._domainkey.midori.example TXT v=DKIM1; p=
=> dkim-revoked-in-use

== a short key
+ k1._domainkey.midori.example TXT v=DKIM1; p=KEY:512
=> dkim-key-short

== a key of 1024 bits
+ k1._domainkey.midori.example TXT v=DKIM1; p=KEY:1024
=> dkim-key-1024

== a key of 4096 bits is fine
+ k1._domainkey.midori.example TXT v=DKIM1; p=KEY:4096
=>

== a key of 16384 bits
+ k1._domainkey.midori.example TXT v=DKIM1; p=KEY:16384
=> dkim-key-long

== a damaged key
+ k1._domainkey.midori.example TXT v=DKIM1; p=MIIBIjANBgkqhkiG9w0B
=> dkim-key-broken

== a key of a kind that nobody knows
+ k1._domainkey.midori.example TXT v=DKIM1; k=dsa; p=KEY:2048
=> dkim-key-kind-unknown

== two keys under one name
+ default._domainkey.midori.example TXT v=DKIM1; p=KEY:2048
=> dkim-several

== another text beside the key
+ default._domainkey.midori.example TXT hello
=>

== a key with the wrong version
+ k1._domainkey.midori.example TXT v=DKIM2; p=KEY:2048
=> dkim-version-wrong

== a key without version
+ k1._domainkey.midori.example TXT p=KEY:2048
=>
also: dkim-no-version

== a key in test
+ k1._domainkey.midori.example TXT v=DKIM1; t=y:s; p=KEY:2048
=> dkim-test-mode
also: dkim-no-subdomains

== a key for SHA-1
+ k1._domainkey.midori.example TXT v=DKIM1; h=sha1; p=KEY:2048
=> dkim-sha1-only

== a key for both digests
+ k1._domainkey.midori.example TXT v=DKIM1; h=sha1:sha256; p=KEY:2048
=>

== a key for something else
+ k1._domainkey.midori.example TXT v=DKIM1; s=tlsrpt; p=KEY:2048
=> dkim-other-service

== only Ed25519
- TXT default._domainkey.midori.example
+ k1._domainkey.midori.example TXT v=DKIM1; k=ed25519; p=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=
=> dkim-ed25519-alone

== Ed25519 beside RSA
+ k1._domainkey.midori.example TXT v=DKIM1; k=ed25519; p=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=
=>

== many named selectors
selectors: default a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 b4 b5 b6 b7 b8 b9 c1 c2 c3 c4 c5 c6 c7 c8 c9 d1 d2 d3 d4
=> dkim-missing
also: dkim-selectors-many

== no DMARC
- TXT _dmarc.midori.example
=> dmarc-missing
record: v=DMARC1; p=none; rua=mailto:dmarc-reports@midori.example

== DMARC without an answer
! _dmarc.midori.example failed
=> dmarc-no-answer

== DMARC at the domain itself
- TXT _dmarc.midori.example
+ midori.example TXT v=DMARC1; p=none
=> dmarc-at-wrong-name

== DMARC under the name doubled
- TXT _dmarc.midori.example
+ _dmarc.midori.example.midori.example TXT v=DMARC1; p=none
=> dmarc-at-wrong-name

== DMARC misspelt
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=dmarc1; p=reject; rua=mailto:dmarc@midori.example
=> dmarc-misspelt-version
record: v=DMARC1; p=none; rua=mailto:dmarc@midori.example

== another text under _dmarc
+ _dmarc.midori.example TXT hello
=>

== two DMARC records
+ _dmarc.midori.example TXT v=DMARC1; p=none
=> dmarc-several

== DMARC watches
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=none; rua=mailto:dmarc@midori.example
=> dmarc-none
record: v=DMARC1; p=quarantine; sp=none; np=reject; rua=mailto:dmarc@midori.example

== DMARC quarantine is a pass
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=quarantine; rua=mailto:dmarc@midori.example
=>
also: dmarc-quarantine
record: v=DMARC1; p=reject; sp=quarantine; np=reject; rua=mailto:dmarc@midori.example

== DMARC with a misspelt policy
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=rejct; rua=mailto:dmarc@midori.example
=> dmarc-none dmarc-syntax
record: v=DMARC1; p=none; rua=mailto:dmarc@midori.example

== DMARC without a policy
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; rua=mailto:dmarc@midori.example
=> dmarc-none dmarc-no-policy

== DMARC with an unknown tag
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; rau=mailto:dmarc@midori.example; rua=mailto:dmarc@midori.example
=> dmarc-unknown-tag

== DMARC with what is out of use
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; pct=100; ri=86400; rf=afrf; rua=mailto:dmarc@midori.example!10m
=>
also: dmarc-removed-tag dmarc-report-size

== DMARC for some
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; pct=20; rua=mailto:dmarc@midori.example
=> dmarc-percent
record: v=DMARC1; p=reject; rua=mailto:dmarc@midori.example

== DMARC in test
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; t=y; rua=mailto:dmarc@midori.example
=> dmarc-test-mode

== DMARC not in test
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; t=n; psd=n; rua=mailto:dmarc@midori.example
=>

== DMARC with open subdomains
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@midori.example
=> dmarc-subdomains-open

== DMARC with stricter subdomains
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=quarantine; sp=reject; np=reject; rua=mailto:dmarc@midori.example
=>

== DMARC with open invented subdomains
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; np=none; rua=mailto:dmarc@midori.example
=> dmarc-invented-subdomains-open
record: v=DMARC1; p=reject; np=reject; rua=mailto:dmarc@midori.example

== DMARC without reports
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject
=> dmarc-no-reports
record: v=DMARC1; p=reject; rua=mailto:dmarc-reports@midori.example

== DMARC reports without mailto
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; rua=dmarc@midori.example
=> dmarc-report-address
record: v=DMARC1; p=reject; rua=mailto:dmarc@midori.example

== DMARC reports to others who do not consent
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; rua=mailto:midori@reports.example
+ reports.example MX 10 mail.midori.example
=> dmarc-reports-not-authorised
record: v=DMARC1

== DMARC reports to others who consent
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; rua=mailto:midori@reports.example
+ reports.example MX 10 mail.midori.example
+ midori.example._report._dmarc.reports.example TXT v=DMARC1
=>

== DMARC reports to others who do not answer
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; rua=mailto:midori@reports.example
+ reports.example MX 10 mail.midori.example
! midori.example._report._dmarc.reports.example timed-out
=> dmarc-reports-no-answer

== DMARC reports to nobody
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; rua=mailto:dmarc@reports.midori.example
=> dmarc-reports-nowhere

== DMARC reports of single failures, strictly
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; aspf=s; rua=mailto:dmarc@midori.example; ruf=mailto:dmarc@midori.example
=>
also: dmarc-failure-reports dmarc-strict-alignment

== DMARC of a public suffix
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=reject; psd=y; rua=mailto:dmarc@midori.example
=> dmarc-public-suffix

== DMARC refuses, and nothing passes
- TXT midori.example
- TXT default._domainkey.midori.example
=> spf-missing dkim-none dmarc-nothing-to-pass

== DMARC refuses, and DKIM passes
- TXT midori.example
=> spf-missing

== MTA-STS and TLS-RPT
+ _mta-sts.midori.example TXT v=STSv1; id=20260401
+ mta-sts.midori.example A 192.0.2.80
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=mailto:tls@midori.example
=>
also: mta-sts-record tls-rpt-record

== MTA-STS without TLS-RPT
+ _mta-sts.midori.example TXT v=STSv1; id=20260401
+ mta-sts.midori.example A 192.0.2.80
=> tls-rpt-wanted
record: v=TLSRPTv1; rua=mailto:tls-reports@midori.example

== MTA-STS without its host
+ _mta-sts.midori.example TXT v=STSv1; id=20260401
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=mailto:tls@midori.example
=> mta-sts-host-missing

== MTA-STS without its record
+ mta-sts.midori.example A 192.0.2.80
=>
also: mta-sts-host-without-record

== MTA-STS without id
+ _mta-sts.midori.example TXT v=STSv1
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=mailto:tls@midori.example
=> mta-sts-syntax

== MTA-STS with an id that is none
+ _mta-sts.midori.example TXT v=STSv1; id=2026-04-01
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=mailto:tls@midori.example
=> mta-sts-syntax

== MTA-STS twice
+ _mta-sts.midori.example TXT v=STSv1; id=20260401
+ _mta-sts.midori.example TXT v=STSv1; id=20260402
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=mailto:tls@midori.example
=> mta-sts-several

== MTA-STS without an answer
! _mta-sts.midori.example timed-out
=> mta-sts-no-answer

== TLS-RPT without a destination
+ _smtp._tls.midori.example TXT v=TLSRPTv1
=> tls-rpt-syntax

== TLS-RPT to a page
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=https://reports.midori.example/tls
=>
also: tls-rpt-record

== TLS-RPT twice
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=mailto:a@midori.example
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=mailto:b@midori.example
=> tls-rpt-several

== TLS-RPT without an answer
! _smtp._tls.midori.example failed
=> tls-rpt-no-answer

== DANE
+ _25._tcp.mail.midori.example TLSA 3 1 1 32
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=mailto:tls@midori.example
=>
also: dane-found

== DANE for one of two
+ midori.example MX 20 mail2.midori.example
+ mail2.midori.example A 192.0.2.26
+ _25._tcp.mail.midori.example TLSA 3 1 1 32
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=mailto:tls@midori.example
=> dane-partial

== DANE as for web pages
+ _25._tcp.mail.midori.example TLSA 1 1 1 32
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=mailto:tls@midori.example
=> dane-unusable

== DANE with a cut digest
+ _25._tcp.mail.midori.example TLSA 3 1 1 20
+ _smtp._tls.midori.example TXT v=TLSRPTv1; rua=mailto:tls@midori.example
=> dane-unusable

== DANE without an answer
! _25._tcp.mail.midori.example timed-out
=> dane-no-answer

== BIMI
+ default._bimi.midori.example TXT v=BIMI1; l=https://midori.example/logo.svg
=>
also: bimi-found

== BIMI without DMARC
- TXT _dmarc.midori.example
+ _dmarc.midori.example TXT v=DMARC1; p=none; rua=mailto:dmarc@midori.example
+ default._bimi.midori.example TXT v=BIMI1; l=https://midori.example/logo.svg
=> dmarc-none
also: bimi-without-dmarc
"#;
