namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>One of the operators <c>&lt; &lt;= &gt; &gt;=</c>, turned so that the lesser side comes first.</summary>
internal sealed record Comparison(TypedExpression Less, TypedExpression More, bool OrEqual)
{
    /// <summary>The comparison that a term is, or null.</summary>
    public static Comparison? Of(TypedExpression.Apply apply) => (apply.Overloads[0].Name, apply.Arguments) switch
    {
        ("_<_", [var a, var b]) => new(a, b, false),
        ("_<=_", [var a, var b]) => new(a, b, true),
        ("_>_", [var a, var b]) => new(b, a, false),
        ("_>=_", [var a, var b]) => new(b, a, true),
        _ => null,
    };
}
