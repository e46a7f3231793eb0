// Describes the classification of a person in a case. The codes are those of the Human Trafficking
// Case Data Standard (HTCDS) 2.0. The classification is part of a person's sealed record, and
// contains no names, dates of birth, contact details or addresses.
import * as z from 'zod/mini'

/**
 * The list omits the standard's code `NonSpecifiedUnknown`, because each field here has its own
 * `unknown` answer.
 */
export const GENDERS = [
  ...(['Feminine', 'Masculine', 'TransgenderFeminine', 'TransgenderMasculine'] as const),
  'NonConforming',
] as const

export const YES_OR_NO = ['yes', 'no'] as const

/** The coarse age bands. A referral uses the same bands. */
export const BANDS = ['under18', 'from18', 'from25', 'from35'] as const
export type Band = (typeof BANDS)[number]

/** `vic_TraffickingStatus`. A colleague sets this status; the app never does. */
export const TRAFFICKING_STATUSES = [
  ...(['PossibleVictimOfTrafficking', 'ActualVictimOfTrafficking'] as const),
  'NotAVictimOfTrafficking',
] as const
export type TraffickingStatus = (typeof TRAFFICKING_STATUSES)[number]

/** `vic_TraffickingStatusDecisionMakingOrg` */
export const DECIDERS = [
  ...(['NGO', 'Police', 'CourtOrProsecution', 'NonPoliceGovernmentalOrganization'] as const),
  'Other',
] as const

/** `vic_MethodOfRecruitment` */
export const RECRUITMENTS = [
  ...(['ThroughFriendsOrSocialEvents', 'ThroughFamilyOrFamilyEvents'] as const),
  ...(['ThroughOnlineSocialNetworks', 'ThroughAnOnlineAdvertisement'] as const),
  ...(['ThroughATelevisionAdvert', 'ThroughANewspaperAdvert', 'AtWork'] as const),
  ...(['AtAPlaceOfBusiness', 'AtAnEducationalInstitution', 'Other'] as const),
] as const

/**
 * `vic_MethodsOfControl`, and two codes that occur only in the definitions of HTCDS:
 * `RestrictsMovement` and `UsesChildren`.
 */
export const CONTROLS = [
  ...(['WithholdsDocuments', 'RestrictsMovement', 'TakesEarnings', 'DebtBondage'] as const),
  ...(['ExcessiveWorkingHours', 'FalsePromises', 'PhysicalThreats', 'PhysicalAbuse'] as const),
  ...(['SexualAbuse', 'PsychologicalAbuse', 'ThreatensChildrenFamily', 'UsesChildren'] as const),
  ...(['ThreatsLawEnforcement', 'RestrictsFinancialAccess', 'RestrictsMedicalCare'] as const),
  ...(['WithholdsNecessities', 'PsychoactiveSubstance', 'Other'] as const),
] as const
export type Control = (typeof CONTROLS)[number]

/** `vic_TypeOfExploitation` */
export const EXPLOITATIONS = [
  ...(['ForcedLabour', 'SexualExploitation', 'ChildLabour', 'ForcedMarriage'] as const),
  ...(['Servitude', 'ForcedBegging', 'ForcedMilitaryByNonStateActors', 'OrganRemoval'] as const),
  ...(['ForcedAdoption', 'Surrogacy', 'Other'] as const),
] as const

/** `vic_ForcedLabourIndustry`: the sections of ISIC, revision 4 */
export const INDUSTRIES = [
  ...(['A_AgricultureForestryAndFishing', 'B_MiningAndQuarrying', 'C_Manufacturing'] as const),
  'D_ElectricityGasSteamAndAirConditioningSupply',
  'E_WaterSupplySewerageWasteManagement',
  'F_Construction',
  'G_WholesaleAndRetailTradeRepairOfMotorVehicles',
  ...(['H_TransportationAndStorage', 'I_AccommodationAndFoodServiceActivities'] as const),
  ...(['J_InformationAndCommunication', 'K_FinancialAndInsuranceActivities'] as const),
  ...(['L_RealEstateActivities', 'M_ProfessionalScientificAndTechnicalActivities'] as const),
  ...(['N_AdministrativeAndSupportServiceActivities', 'O_PublicAdministrationAndDefence'] as const),
  ...(['P_Education', 'Q_HumanHealthAndSocialWorkActivities'] as const),
  ...(['R_ArtsEntertainmentAndRecreation', 'S_OtherServiceActivities'] as const),
  'T_ActivitiesOfHouseholdsAsEmployers',
  'U_ActivitiesOfExtraterritorialOrganizations',
] as const

/** `vic_TypeOfSexExploitation` */
export const SEXUAL_EXPLOITATIONS = [
  ...(['Prostitution', 'Pornography', 'RemoteInteractiveServices'] as const),
  'PrivateSexualServices',
] as const

/** ISO 3166-1 alpha-2 */
const Country = z.string().check(z.regex(/^[A-Z]{2}$/))

/**
 * A field that nobody asked about is null. `unknown` means that somebody asked and the answer is
 * not known.
 */
const asked = <Answer extends z.ZodMiniType>(answer: Answer) =>
  z.nullable(z.union([z.literal('unknown'), answer]))

/**
 * Accepts one or more distinct codes. An answer without a code is null or `unknown`, never an empty
 * list.
 */
const listOf = <Code extends z.ZodMiniType<string>>(code: Code) =>
  z.array(code).check(
    z.minLength(1),
    z.refine((codes: readonly string[]) => new Set(codes).size === codes.length),
  )

export const Classification = z.object({
  gender: asked(z.enum(GENDERS)),
  citizenship: asked(listOf(Country)),
  under18: asked(z.enum(YES_OR_NO)),
  ageBand: asked(z.enum(BANDS)),
  /** null is read as "possible", with no decision made */
  status: asked(
    z.object({
      value: z.enum(TRAFFICKING_STATUSES),
      /** the kind of organisation that made the decision */
      decidedBy: z.enum(DECIDERS),
    }),
  ),
  recruitment: asked(listOf(z.enum(RECRUITMENTS))),
  control: asked(listOf(z.enum(CONTROLS))),
  exploitation: asked(listOf(z.enum(EXPLOITATIONS))),
  industry: asked(z.enum(INDUSTRIES)),
  sexualExploitation: asked(listOf(z.enum(SEXUAL_EXPLOITATIONS))),
  recruitedIn: asked(Country),
  exploitedIn: asked(listOf(Country)),
})
export type Classification = z.infer<typeof Classification>

/** The classification of a person who has not been asked anything. */
export const UNCLASSIFIED: Classification = {
  ...{ gender: null, citizenship: null, under18: null, ageBand: null, status: null },
  ...{ recruitment: null, control: null, exploitation: null, industry: null },
  ...{ sexualExploitation: null, recruitedIn: null, exploitedIn: null },
}

/** Returns true once a colleague has answered a question. */
export const isClassified = (classes: Classification): boolean =>
  Object.values(classes).some((answer) => answer !== null)
