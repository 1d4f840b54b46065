"""One child in HL7 FHIR R4: what is handed out with a consent, and a referral that comes in. Plain Python."""
