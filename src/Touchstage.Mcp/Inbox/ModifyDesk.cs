using System.Collections.Immutable;
using Touchstage.Mcp.Inbox.Pages;
using Touchstage.Mcp.Inbox.Parts;
using Touchstage.Mcp.SignIns;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;

namespace Touchstage.Mcp.Inbox;

/// <summary>Puts the form for changing an action before an approver, with what the change would come to.</summary>
internal sealed class ModifyDesk(IApprovals approvals, IModifications modifications)
{
    private const string NothingYet = "Nothing is changed yet.";

    private static readonly Notice Changed = new("This changed since you looked", "Your change was not made. Below is what it is now: look again before you change it.", []);

    /// <summary>The form, with what was typed and what it comes to.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">The approval's id as received.</param>
    /// <param name="form">What was sent, or null for a form that nobody has filled in.</param>
    /// <param name="notice">What to say first, beside what is wrong with the fields.</param>
    public async Task<IResult> ShowAsync(HttpContext http, string id, IFormCollection? form, Notice? notice = null)
    {
        if (!(await approvals.FindAsync(InboxIdentity.Of(http), id, http.RequestAborted)).TryGet(out var approval, out var refusal))
        {
            return CaseDesk.Unknown(http, refusal);
        }

        // What cannot be changed has a page that says why.
        if (approval.Case is not { } shown || approval.State != ApprovalState.Pending || FieldsOf(shown, form) is not { Length: > 0 } fields)
        {
            return PageAnswer.SeeOther(http, InboxPaths.ApprovalOf(id));
        }

        if (form is null)
        {
            return Page(http, new(approval, shown, fields, "", null, null), null);
        }

        // Invariant: what was typed against one revision is never laid over another; the words are the person's own and stay.
        if (FormText.Of(form, "revision") != approval.RevisionDigest)
        {
            return Page(http, new(approval, shown, FieldsOf(shown, null), FormText.Of(form, "note"), null, null), Changed);
        }

        var patch = FieldPatch.Of(fields);
        var draft = new ModifyShown(approval, shown, fields, FormText.Of(form, "note"), null, null);
        if (patch.Errors.Length > 0)
        {
            return Page(http, draft with { No = "Mend what is wrong in the form first." }, Said(notice, patch.Errors));
        }

        if (!JsonText.Members(patch.Changes).Any())
        {
            return Page(http, draft with { No = NothingYet }, notice);
        }

        var asked = new Modification(id, approval.RevisionDigest, patch.Changes, draft.Note, DecisionTag.None, DecisionChannel.Inbox);
        return (await modifications.PreviewAsync(InboxIdentity.Of(http), asked, withCode: false, http.RequestAborted)).TryGet(out var preview, out var no)
            ? Page(http, draft with { Preview = preview }, notice)
            : Page(http, draft with { No = no.Reason }, Said(notice, ErrorsOf(no, fields)));
    }

    /// <summary>The change that a form asks for, or null if it cannot be read or changes nothing.</summary>
    public async Task<Modification?> ReadAsync(HttpContext http, string id, IFormCollection form)
    {
        if (!(await approvals.FindAsync(InboxIdentity.Of(http), id, http.RequestAborted)).TryGet(out var approval, out _) || approval.Case is not { } shown)
        {
            return null;
        }

        var patch = FieldPatch.Of(FieldsOf(shown, form));
        return patch.Errors.Length == 0 && JsonText.Members(patch.Changes).Any()
            ? new(id, FormText.Of(form, "revision"), patch.Changes, FormText.Of(form, "note"), DecisionTag.None, DecisionChannel.Inbox)
            : null;
    }

    private static ImmutableArray<FormField> FieldsOf(ApprovalCaseView shown, IFormCollection? form) =>
        FieldReader.Read(shown.Form, shown.Arguments, id => form is null ? null : FormText.Find(form, id));

    private static Notice? Said(Notice? notice, ImmutableArray<FieldError> errors) =>
        errors.Length == 0 ? notice : (notice ?? new("This cannot be done so", "", [])) with { Errors = errors };

    // A problem's path is a JSON Pointer into the arguments; its first part is the argument, so the field.
    private static ImmutableArray<FieldError> ErrorsOf(Refusal no, ImmutableArray<FormField> fields) =>
    [
        .. no.Problems.Select(problem => new FieldError(
            fields.FirstOrDefault(field => problem.Path == "/" + field.Name || problem.Path.StartsWith($"/{field.Name}/", StringComparison.Ordinal))?.Id, problem.Message)),
    ];

    private static IResult Page(HttpContext http, ModifyShown shown, Notice? notice) =>
        PageAnswer.Of<ModifyPage, ModifyShown>(http, shown, notice is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, notice);
}
