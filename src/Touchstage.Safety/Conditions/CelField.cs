namespace Touchstage.Safety.Conditions;

/// <summary>One member of an object type.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Optional">It may be absent, so that it is read only under a <c>has(...)</c>.</param>
internal sealed record CelField(CelType Type, bool Optional = false);
