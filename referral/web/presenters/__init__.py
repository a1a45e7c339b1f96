"""From answers to what is read: JSON documents, views for templates, Czech sentences. Pure."""

from referral.web.presenters.document import match_document

__all__ = ["match_document"]
