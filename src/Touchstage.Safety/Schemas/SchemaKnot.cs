namespace Touchstage.Safety.Schemas;

/// <summary>Holds a schema's body, which is tied in once: schemas may lead back to themselves, so none of them can be made after all that it leads to.</summary>
internal sealed class SchemaKnot
{
    private SchemaBody? body;

    /// <summary>The body.</summary>
    /// <exception cref="InvalidOperationException">The schema is still being compiled.</exception>
    public SchemaBody Body => body ?? throw new InvalidOperationException("The schema is not compiled yet.");

    /// <summary>Ties the body in.</summary>
    /// <exception cref="InvalidOperationException">It has one already.</exception>
    public void Tie(SchemaBody whole) => body = body is null ? whole : throw new InvalidOperationException("The schema is compiled already.");
}
