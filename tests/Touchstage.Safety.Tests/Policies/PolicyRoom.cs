using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Policies;

/// <summary>One capability whose rules a test makes up call by call; everything else on the way to a judgement is the real thing.</summary>
internal sealed class PolicyRoom
{
    private readonly StageWalk walk;
    private readonly TenantScope scope;
    private readonly Caller caller;

    private PolicyRoom(StageWalk walk, TenantScope scope, Caller caller) => (this.walk, this.scope, this.caller) = (walk, scope, caller);

    public static async Task<PolicyRoom> OpenAsync()
    {
        var stages = new StageWalk().Declare("""
            capability: pay
            title: Pay
            description: Pay something.
            connection: api
            effects: additive
            input:
              type: object
              required: [id, amount, count, flag]
              properties:
                id: { type: string, pattern: "^[a-z0-9]+$" }
                amount: { type: number }
                count: { type: integer }
                flag: { type: boolean }
                note: { type: string }
            request: { method: POST, path: "/pay/{id}" }
            facts:
              owner:
                path: "/owner/{id}"
                output: { type: object, required: [verified, blocked], properties: { verified: { type: boolean }, blocked: { type: boolean }, score: { type: number } } }
              region: { path: "/region/{id}", output: { type: object, required: [name], properties: { name: { type: string } } } }
            approval: { approvers: [support] }
            """);
        var tenant = await stages.ApplyAsync("""
            tenant: acme
            name: Acme
            capabilities: [pay]
            connections:
              api: { baseUrl: "https://api.example", audience: api, auth: { type: bearer } }
            """);
        var found = stages.For((await stages.Tenants.FindAsync(tenant, default))!)["pay"];
        return new(stages, found, await stages.IdentifyAsync(tenant));
    }

    /// <summary>A condition over the capability's own types.</summary>
    public Condition Condition(string text) => Safety.Conditions.Condition.Compile(text, scope.Capability.Types.Environment, CelType.Bool).Condition ?? throw new ArgumentException(text, nameof(text));

    /// <summary>A condition that no policy could have: what it may cost is found only when it runs.</summary>
    public Condition Tried(string text) => Safety.Conditions.Condition.Compile(
        text, new(scope.Capability.Types.Environment.Variables) { Profile = ConditionProfile.Standard }, CelType.Bool).Condition ?? throw new ArgumentException(text, nameof(text));

    /// <summary>A summand over its arguments.</summary>
    public Condition Summand(string text) => Safety.Conditions.Condition.Compile(text, LimitSummand.Environment(scope.Capability.Types), CelType.Number).Condition ?? throw new ArgumentException(text, nameof(text));

    /// <summary>Judges a call under rules, with what the facts answer; those it asked for are noted.</summary>
    public async Task<(Judgement Judgement, string[] Asked)> JudgeAsync(RandomCase call)
    {
        var source = new Answers(call.Facts);
        (await new ResolvedAction.Resolver(walk.Tenants, new MadeUp(scope with { Rules = call.Rules, Limits = call.Limits })).ResolveAsync(caller, "pay", default)).TryGet(out var resolved, out _).ShouldBeTrue();
        new ProposedAction.Validator().Validate(resolved!, call.Arguments, Narrative.None).TryGet(out var proposed, out var no).ShouldBeTrue(no?.ToString());
        return (await new Judgement.Judge(walk.Time).JudgeAsync(proposed!, source, default), [.. source.Asked]);
    }

    private sealed class MadeUp(TenantScope only) : ICatalog
    {
        public ImmutableSortedDictionary<string, TenantScope> For(Tenant tenant) => ImmutableSortedDictionary<string, TenantScope>.Empty.Add("pay", only);
    }

    private sealed class Answers(ImmutableDictionary<string, string> facts) : IFactSource
    {
        public List<string> Asked { get; } = [];

        public Task<FactAnswer> AskAsync(ProposedAction action, FactDeclaration fact, CancellationToken cancellation)
        {
            Asked.Add(fact.Name);
            return Task.FromResult(facts.TryGetValue(fact.Name, out var text) && CanonicalJson.Parse(text).TryGet(out var value, out _)
                ? new FactAnswer(value, null, null)
                : new FactAnswer(null, "upstream_unreachable", null));
        }
    }
}
