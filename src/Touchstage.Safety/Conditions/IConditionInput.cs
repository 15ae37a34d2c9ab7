namespace Touchstage.Safety.Conditions;

/// <summary>Gives an evaluation the values of its variables.</summary>
internal interface IConditionInput
{
    /// <summary>
    /// The value of a variable of the environment. The whole, or a member of a map, may be <see cref="CelValue.Unknown(string)"/>
    /// (not fetched yet) or <see cref="CelValue.Failed(string)"/>. Asked at most once for each variable in one evaluation.
    /// </summary>
    CelValue Resolve(string variable);
}
