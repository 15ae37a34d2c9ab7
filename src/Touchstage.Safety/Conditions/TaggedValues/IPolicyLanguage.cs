namespace Touchstage.Safety.Conditions.TaggedValues;

/// <summary>Tries expressions of the condition language out, apart from any policy. It reads no manifest, store or clock.</summary>
public interface IPolicyLanguage
{
    /// <summary>Evaluates one expression.</summary>
    /// <param name="line">
    /// A JSON object: <c>expr</c>, and where wanted <c>vars</c> (values by name), <c>typeEnv</c> (declared variables and functions),
    /// <c>container</c>, <c>disableCheck</c>, <c>disableMacros</c>, <c>checkOnly</c>. Other members are ignored.
    /// </param>
    /// <param name="plain">Values are ordinary JSON in and out; else they are tagged with their kinds, such as <c>{"int":"1"}</c>.</param>
    /// <returns>
    /// A JSON object of one member, on one line: <c>value</c>; <c>type</c> if only a check was asked for; or <c>error</c> with a sentence if the
    /// line is malformed, or the expression does not load or fails.
    /// </returns>
    string Evaluate(string line, bool plain = false);
}
