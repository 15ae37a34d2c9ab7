using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>One expression of the condition language, checked when it was loaded and evaluated as often as needed. Immutable.</summary>
internal sealed class Condition
{
    private readonly Operation operation;

    private readonly int slots;

    private Condition(string text, TypedExpression tree, ImmutableArray<string> paths, int slots)
    {
        this.slots = slots;
        Text = text;
        Tree = tree;
        Paths = paths;
        operation = OperationCompiler.Compile(tree);
    }

    /// <summary>The text as it was written.</summary>
    public string Text { get; }

    /// <summary>What it was read as.</summary>
    public TypedExpression Tree { get; }

    /// <summary>What it gives.</summary>
    public CelType Type => Tree.Type;

    /// <summary>The attributes that it names, such as <c>args.amount</c> and <c>facts.customer.email_verified</c>, each once.</summary>
    public ImmutableArray<string> Paths { get; }

    /// <summary>It names no variable, so it always comes to the same.</summary>
    public bool IsConstant => Paths.IsEmpty;

    /// <summary>Loads a condition.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="environment">The variables it may name.</param>
    /// <param name="expected">
    /// What it must give: <see cref="CelType.Bool"/> if null. <see cref="CelType.Number"/> is met by int and double;
    /// <see cref="CelType.Dyn"/> by anything.
    /// </param>
    public static ConditionLoad Compile(string text, ConditionEnvironment environment, CelType? expected = null)
    {
        if (text.Length > ConditionLimits.TextLength)
        {
            return ConditionLoad.Broken(new ConditionProblem(ConditionLimits.TextLength, text.Length - ConditionLimits.TextLength,
                $"A condition has at most {ConditionLimits.TextLength} characters, this one has {text.Length}.", "Split it into several rules."));
        }

        if (CelText.HasLoneSurrogate(text))
        {
            return ConditionLoad.Broken(new ConditionProblem(0, text.Length, "The text is not valid Unicode: it has half a surrogate pair."));
        }

        var (tokens, problem) = Lexer.Read(text);
        if (problem is not null)
        {
            return ConditionLoad.Broken(problem);
        }

        (var expression, problem) = Parser.Parse(tokens, environment.HasMacros);
        if (expression is null)
        {
            return ConditionLoad.Broken(problem ?? new ConditionProblem(0, text.Length, "The text is no condition."));
        }

        var checker = new TypeChecker(environment);
        var tree = checker.CheckCondition(expression, expected ?? CelType.Bool);
        if (checker.Problems.IsEmpty && environment.Profile == ConditionProfile.Policy && CostBound.Check(tree, environment, checker.Slots) is { } costly)
        {
            return ConditionLoad.Broken(costly);
        }

        return checker.Problems.IsEmpty
            ? ConditionLoad.Loaded(new Condition(text, tree, checker.Paths, checker.Slots))
            : ConditionLoad.Broken(checker.Problems);
    }

    /// <summary>Evaluates it once over an input. The same values always come to the same.</summary>
    public Evaluation Evaluate(IConditionInput input) => Evaluate(input, ConditionLimits.Steps);

    /// <summary>Evaluates it once, with everything that it looked at; null in place of the trace if the condition is a literal.</summary>
    public (Evaluation Evaluation, ConditionTrace? Trace) Explain(IConditionInput input)
    {
        var trace = new TraceRecorder(Text);
        var evaluation = Evaluate(new EvaluationRun(input, ConditionLimits.Steps, slots) { Trace = trace });
        return (evaluation, trace.Root);
    }

    internal Evaluation Evaluate(IConditionInput input, long steps) => Evaluate(new EvaluationRun(input, steps, slots));

    private Evaluation Evaluate(EvaluationRun run)
    {
        var value = operation(run);
        value = run.IsExhausted ? EvaluationRun.Exhausted : value.Flaw ?? value;
        if (value.IsValue && !Type.Holds(value))
        {
            value = CelValue.Failed($"The condition came to something other than {Type}.");
        }

        return new Evaluation(value, run.Reads);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
